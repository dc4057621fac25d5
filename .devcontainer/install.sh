#!/usr/bin/env bash
# Builds the kit and registers the kernel, so that the notebooks run as soon as the container is open.
set -euo pipefail
cd "$(dirname "$0")/.."
# The Jupyter extension finds kernelspecs by itself; the client is for `jupyter nbconvert` and the tests.
if command -v apt-get >/dev/null; then
    sudo apt-get update
    sudo DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends jupyter-client python3-nbclient
    # For the robots of notebook 12: MuJoCo's library in the version that this system has, whose package is named by it.
    mujoco=$(apt-cache search --names-only '^libmujoco[0-9]' | cut -d' ' -f1 | sort -V | tail -n 1)
    if [ -n "$mujoco" ]; then
        sudo DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$mujoco"
    else
        echo "This system has no package of MuJoCo's library; notebook 12 says what it needs."
    fi
fi
dotnet build -c Release
dotnet run -c Release --no-build --project src/Ddpg.Kernel -- install --user

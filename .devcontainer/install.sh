#!/usr/bin/env bash
# Builds the kit and registers the kernel, so that the notebooks run as soon as the container is open.
set -euo pipefail
cd "$(dirname "$0")/.."
# The Jupyter extension finds kernelspecs by itself; the client is for `jupyter nbconvert` and the tests.
if command -v apt-get >/dev/null; then
    sudo apt-get update
    sudo DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends jupyter-client python3-nbclient
fi
dotnet build -c Release
dotnet run -c Release --no-build --project src/Ddpg.Kernel -- install --user

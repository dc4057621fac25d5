#!/usr/bin/env bash
# A sweep as a Slurm array: each task makes one part of the grid. From the root of a clone that all nodes see, after `dotnet build -c Release`:
#
#   sbatch --array=0-3 src/Ddpg.Cli/cluster/slurm-array.sh SWEEP.json runs/NAME
#   ddpg sweep merge SWEEP.json --output runs/NAME             # when the array is through
#
# The array's indices count from 0; their number is the number of parts. To send some parts again, say how many there are in all:
#   sbatch --array=2 src/Ddpg.Cli/cluster/slurm-array.sh SWEEP.json runs/NAME 4
# A task that is requeued, preempted, killed or out of time goes on from its last checkpoint and redoes no finished run. Give options
# (--time, --mem, --partition, --cpus-per-task) to sbatch; they go before these:
#SBATCH --job-name=ddpg-sweep
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=slurm-%A_%a.log
#SBATCH --signal=B:USR1@120
set -uo pipefail
restarts=${SLURM_RESTART_COUNT:-0} most_restarts=20

stop() { printf 'slurm-array: %s\n' "$1" >&2; exit 2; }
[ $# -ge 2 ] || stop "usage: sbatch --array=0-3 slurm-array.sh SWEEP.json OUTPUT [PARTS]"
[ -n "${SLURM_ARRAY_TASK_ID:-}" ] || stop "this is not a task of an array; submit it with sbatch --array=0-3"
if [ $# -lt 3 ] && [ "$SLURM_ARRAY_TASK_COUNT" -ne $((SLURM_ARRAY_TASK_MAX + 1)) ]; then
    stop "the array $SLURM_ARRAY_TASK_MIN-$SLURM_ARRAY_TASK_MAX has $SLURM_ARRAY_TASK_COUNT tasks; count from 0 without gaps, or give the number of parts as third argument"
fi
sweep=$1 output=$2 parts=${3:-$SLURM_ARRAY_TASK_COUNT}
shard=$((SLURM_ARRAY_TASK_ID + 1))/$parts
# Slurm runs a copy of this file, so the clone is found through the folder that sbatch was called in. DDPG names the program where that does not hold.
program=${DDPG:-${SLURM_SUBMIT_DIR:-.}/artifacts/bin/Ddpg.Cli/release/ddpg-cli.dll}
[ -f "$program" ] || stop "$program is missing; dotnet build -c Release in the clone, and submit from its root or set DDPG"

printf 'shard %s on %s, restart %s\n' "$shard" "$(hostname)" "$restarts"
dotnet "$program" sweep "$sweep" --output "$output" --shard "$shard" --workers "${SLURM_CPUS_PER_TASK:-1}" &
child=$! out_of_time=
# Two minutes before the time limit Slurm sends USR1 to this shell alone: a checkpoint, then to the back of the queue.
trap 'out_of_time=1; kill -TERM "$child"' USR1
# At a requeue or scancel everybody gets TERM; the sweep saves, and this shell waits for it.
trap : TERM
until wait "$child" || ! kill -0 "$child" 2>/dev/null; do :; done
wait "$child"
code=$?

# 0: through. 2: the command is wrong, and would be again. 130: stopped by Slurm, which knows why. Anything else, a process killed for its memory among
# them, and a time limit: once more from the last checkpoint.
if [ -n "$out_of_time" ] || { [ "$code" -ne 0 ] && [ "$code" -ne 2 ] && [ "$code" -ne 130 ]; }; then
    if [ "$restarts" -lt "$most_restarts" ]; then
        printf 'shard %s ended with code %s: requeued\n' "$shard" "$code"
        scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" && sleep 60   # Slurm ends this shell
    fi
fi
exit "$code"

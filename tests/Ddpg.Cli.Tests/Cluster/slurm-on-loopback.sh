#!/usr/bin/env bash
# A Slurm of one node on this machine, without systemd: slurm-on-loopback.sh FOLDER. Needs root and Debian's slurm-wlm and munge.
# Prints "ready" when jobs can be sent (with SLURM_CONF=FOLDER/slurm.conf). Ends when its standard input closes, which it does however its parent
# ends, or after ten minutes; then it takes with it everything that it or a job of it started.
set -uo pipefail
work=$1
export SLURM_CONF=$work/slurm.conf DDPG_TEST_CLUSTER=$work   # every descendant carries the second, and is found by it
end() {
    trap - EXIT
    timeout 5 scancel --full --signal=KILL --state=RUNNING >/dev/null 2>&1
    local round environment process
    for round in 1 2 3 4 5; do
        for environment in /proc/[0-9]*/environ; do
            process=${environment#/proc/} process=${process%/environ}
            [ "$process" != $$ ] && [ "$process" != "$BASHPID" ] || continue
            tr '\0' '\n' 2>/dev/null <"$environment" | grep -qxF "DDPG_TEST_CLUSTER=$work" && kill -KILL "$process" 2>/dev/null
        done
        sleep 0.1
    done
}
trap end EXIT
trap 'exit 1' TERM INT HUP

# 0755, and the key's folder 0700, or munged refuses.
mkdir -p "$work/run" "$work/spool" "$work/state" && mkdir -m 700 -p "$work/key"
chmod 755 "$work" "$work/run"
(umask 277 && head -c 1024 /dev/urandom >"$work/key/munge.key")
free_port() { python3 - 2>/dev/null <<<'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' || echo $((20000 + RANDOM % 12000)); }
cat >"$SLURM_CONF" <<CONF
ClusterName=loopback
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$work/run/munge.sock.2,cred_expire=5
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/run/slurmctld.pid
SlurmdPidFile=$work/run/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0
KillWait=10
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
NodeName=localhost NodeAddr=127.0.0.1 CPUs=2
PartitionName=main Nodes=localhost Default=YES State=UP
CONF

munged --foreground --key-file="$work/key/munge.key" --socket="$work/run/munge.sock.2" --pid-file="$work/run/munged.pid" \
    --log-file="$work/munged.log" --seed-file="$work/run/munged.seed" >"$work/munged.out" 2>&1 </dev/null &
for _ in $(seq 100); do [ -S "$work/run/munge.sock.2" ] && break; sleep 0.1; done
slurmctld -D -f "$SLURM_CONF" >"$work/slurmctld.out" 2>&1 </dev/null &
slurmd -D -N localhost -f "$SLURM_CONF" >"$work/slurmd.out" 2>&1 </dev/null &
for _ in $(seq 300); do
    [ "$(sinfo --noheader --format=%T 2>/dev/null)" = idle ] && { echo ready; read -r -t 600 _; exit 0; }
    sleep 0.1
done
echo "no node after 30 s:"
tail -n 5 "$work"/*.log "$work"/*.out
exit 1

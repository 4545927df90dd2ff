#!/bin/bash
# Ends the servers that up.sh started under a folder, and removes it. usage: down.sh DIR
DIR=$1
PIDS=$(cat "$DIR"/*.pid 2>/dev/null)
for pid in $PIDS; do kill "$pid" 2>/dev/null; done
for _ in $(seq 50); do
  alive=0
  # A dead process that nobody has collected yet does not count.
  for pid in $PIDS; do grep -qs '^State:.[^ZX]' "/proc/$pid/status" && alive=1; done
  [ "$alive" = 0 ] && break
  sleep .1
done
for pid in $PIDS; do kill -9 "$pid" 2>/dev/null; done
rm -rf "$DIR"
exit 0

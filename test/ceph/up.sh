#!/bin/bash
# Starts a single-node Ceph with its S3 gateway, everything in memory and under one folder, as root and without systemd.
# usage: up.sh DIR PORT OWNER_PID   (PORT serves S3, PORT+1 and PORT+2 the monitor; all ends when the owner does)
# environment: ACCESS_KEY and SECRET_KEY of the user to create
set -euo pipefail
DIR=$1 PORT=$2 OWNER=$3
HERE=$(dirname "$(realpath "$0")")
MONITOR="[v2:127.0.0.1:$((PORT + 1)),v1:127.0.0.1:$((PORT + 2))]"
CLUSTER=$(cat /proc/sys/kernel/random/uuid)
mkdir -p "$DIR"/{mon,osd,rgw,log}

cat > "$DIR/ceph.conf" <<CONF
[global]
fsid = $CLUSTER
mon host = $MONITOR
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth allow insecure global id reclaim = false
run dir = $DIR
pid file = $DIR/\$type.\$id.pid
admin socket = $DIR/\$type.\$id.asok
log file = $DIR/log/\$type.\$id.log
keyring = $DIR/keyring
mon data = $DIR/mon
osd data = $DIR/osd
osd objectstore = memstore
memstore device bytes = 4294967296
# One copy in one placement group is enough for tests and makes the start quick.
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 1000
# A developer's disk may be nearly full; the data are in memory.
mon data avail warn = 2
mon data avail crit = 1
[client]
keyring = $DIR/keyring
rgw frontends = beast endpoint=127.0.0.1:$PORT
rgw data = $DIR/rgw
rgw dns name = localhost
rgw s3 auth use sts = true
rgw sts key = sixteen-bytes-!!
rgw enable usage log = false
rgw enable ops log = false
rgw run sync thread = false
rgw thread pool size = 64
rgw gc max objs = 1
rgw lc max objs = 1
rgw reshard num logs = 1
rgw usage max shards = 1
rgw data log num shards = 1
rgw md log max shards = 1
rgw objexp hints num shards = 1
CONF

# The servers outlive this script, but not the tests that wanted them, even if those are killed; whoever watches is in a session of its own,
# because tests are often ended with their whole process group.
setsid bash -c 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; exec bash "$2/down.sh" "$3"' watch "$OWNER" "$HERE" "$DIR" </dev/null >/dev/null 2>&1 &

export CEPH_ARGS="-c $DIR/ceph.conf"
KEYS="$DIR/keyring"
ceph-authtool -C "$KEYS" --gen-key -n mon. --cap mon 'allow *'
for name in client.admin osd.0 client.rgw; do
  ceph-authtool "$KEYS" --gen-key -n "$name" --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
done
monmaptool --create --fsid "$CLUSTER" --addv a "$MONITOR" "$DIR/monmap"
ceph-mon --mkfs -i a --monmap "$DIR/monmap" --keyring "$KEYS"
ceph-mon -i a

OSD=$(cat /proc/sys/kernel/random/uuid)
timeout 30 ceph osd new "$OSD"
ceph-osd -i 0 --mkfs --osd-uuid "$OSD"
timeout 30 ceph osd crush add osd.0 1.0 root=default host=here
ceph-osd -i 0
for _ in $(seq 100); do timeout 10 ceph osd stat 2>/dev/null | grep -q '1 up' && break; sleep .2; done

timeout 60 radosgw-admin user create --uid=fieldmark --display-name=Fieldmark --access-key="$ACCESS_KEY" --secret="$SECRET_KEY"
# A role that the user may assume (STS), and that may do everything with buckets.
timeout 60 radosgw-admin role create --role-name=annotator --path=/ --assume-role-policy-doc='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/fieldmark"]},"Action":["sts:AssumeRole"]}]}'
timeout 60 radosgw-admin role-policy put --role-name=annotator --policy-name=buckets --policy-doc='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":"arn:aws:s3:::*"}]}'
radosgw -n client.rgw
for _ in $(seq 150); do (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null && exit 0; sleep .2; done
echo "The S3 gateway does not listen on port $PORT; see $DIR/log" >&2
exit 1

#!/bin/bash
# Installs Ceph's S3 gateway from Debian's packages unless it is there; several tests may ask for it at once.
set -euo pipefail
exec 9>/tmp/fieldmark-ceph-install.lock
flock 9
command -v radosgw ceph-mon ceph-osd ceph >/dev/null && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get -q -o DPkg::Lock::Timeout=600 -o APT::Update::Error-Mode=any update
apt-get -q -o DPkg::Lock::Timeout=600 install -y --no-install-recommends ceph-mon ceph-mgr ceph-osd radosgw

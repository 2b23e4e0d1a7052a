/** One record of each writing: raw, with node and ENRICHED trailer, behind a tag, and as the kernel prints it. */
export const SAMPLES: readonly string[] = [
  'type=SYSCALL msg=audit(1786504364.118:90217): arch=c000003e syscall=257 success=no exit=-13 a0=ffffff9c a1=7ffd5a0e1b2f a2=0 a3=0 items=1 ppid=20733 pid=20811 auid=1004 uid=1004 gid=1004 euid=1004 suid=1004 fsuid=1004 egid=1004 sgid=1004 fsgid=1004 tty=pts1 ses=4127 comm="cat" exe="/usr/bin/cat" key="shadow-read"',
  'node=pay-db-02 type=CWD msg=audit(1786504364.118:90217): cwd="/user/dba-02"',
  'type=USER_LOGIN msg=audit(1786504318.204:90102): pid=20711 uid=0 auid=1004 ses=4127 msg=\'op=login id=1004 exe="/usr/sbin/sshd" hostname=? addr=198.51.100.23 terminal=/dev/pts/1 res=success\'\x1dUID="root" AUID="dba-02" ID="dba-02"',
  "audispd: type=PROCTITLE msg=audit(1786504364.118:90217): proctitle=636174002F6574632F736861646F77",
  'Aug 12 03:12:44 pay-db-02 kernel: [ 8665.951930] audit: type=1400 audit(1786504364.300:90218): apparmor="DENIED" operation="open" profile="/usr/bin/evince" name="/etc/shadow" pid=16418 comm="evince" requested_mask="r" denied_mask="r" fsuid=1004 ouid=0',
];

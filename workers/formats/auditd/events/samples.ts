/** Short records of each form. */
export const SAMPLES: readonly string[] = [
  '{"ID":"1615114232.375:15558","NODE":"web-1","SYSCALL":{"arch":"0xc000003e","syscall":59,"success":"yes","exit":0,"items":2,"ppid":10883,"pid":10884,"auid":1000,"uid":0,"tty":"pts1","ses":1,"comm":"whoami","exe":"/usr/bin/whoami","key":null,"ARCH":"x86_64","SYSCALL":"execve","AUID":"eva","UID":"root","ARGV":["0x63b29337fd18","0x0","0x0","0x0"]},"EXECVE":{"argc":1,"ARGV":["whoami"]},"CWD":{"cwd":"/user/eva"}}',
  '{"@timestamp":"2026-08-12T03:16:40.101Z","auditd":{"message_type":"user_login","sequence":902,"result":"success","session":"8","data":{"op":"login","id":"1004","terminal":"ssh"},"summary":{"actor":{"primary":"eva"},"how":"/usr/sbin/sshd"}},"process":{"pid":7,"executable":"/usr/sbin/sshd"},"user":{"audit":{"id":"1004","name":"eva"}}}',
  '{"Timestamp":"1786504602.000","SerialNumber":903,"ProcessFlags":0,"records":[{"RecordTypeCode":1006,"RecordType":"LOGIN","pid":"9","user":"root","uid":"0","old-auid":"4294967295","audit_user":"eva","auid":"1004","old-ses":"-1","ses":"9","res":"1"}]}',
  '{"@timestamp":"2016-12-07T02:16:32.414Z","record_type":"add_group","sequence":385,"raw_msg":"audit(1481076992.414:385): pid=1235 uid=0 auid=4294967295 ses=4294967295 op=add-group id=1000 res=success"}',
];

/** Short records of each form. */
export const SAMPLES: readonly string[] = [
  '{"ID":"1615114232.375:15558","NODE":"web-1","SYSCALL":{"arch":"0xc000003e","syscall":59,"success":"yes","exit":0,"items":2,"ppid":10883,"pid":10884,"auid":1000,"uid":0,"tty":"pts1","ses":1,"comm":"whoami","exe":"/usr/bin/whoami","key":null,"ARCH":"x86_64","SYSCALL":"execve","AUID":"eva","UID":"root","ARGV":["0x63b29337fd18","0x0","0x0","0x0"]},"EXECVE":{"argc":1,"ARGV":["whoami"]},"CWD":{"cwd":"/home/eva"}}',
];

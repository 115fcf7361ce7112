/** Why this file exists: the codes, numbers and words of libuv's errors on Linux. Node 20: deps/uv/include/uv.h. */

export const systemFaults = {
  EPERM: [1, 'operation not permitted'],
  ENOENT: [2, 'no such file or directory'],
  ESRCH: [3, 'no such process'],
  EBADF: [9, 'bad file descriptor'],
  EACCES: [13, 'permission denied'],
  EBUSY: [16, 'resource busy or locked'],
  EEXIST: [17, 'file already exists'],
  ENOTDIR: [20, 'not a directory'],
  EISDIR: [21, 'illegal operation on a directory'],
  EINVAL: [22, 'invalid argument'],
  EMFILE: [24, 'too many open files'],
  EFBIG: [27, 'file too large'],
  EROFS: [30, 'read-only file system'],
  EPIPE: [32, 'broken pipe'],
  ENAMETOOLONG: [36, 'name too long'],
  ENOTEMPTY: [39, 'directory not empty'],
  ELOOP: [40, 'too many symbolic links encountered'],
  EADDRINUSE: [98, 'address already in use'],
  EADDRNOTAVAIL: [99, 'address not available'],
  ENETUNREACH: [101, 'network is unreachable'],
  ECONNABORTED: [103, 'software caused connection abort'],
  ECONNRESET: [104, 'connection reset by peer'],
  ENOBUFS: [105, 'no buffer space available'],
  ETIMEDOUT: [110, 'connection timed out'],
  ECONNREFUSED: [111, 'connection refused'],
  EHOSTUNREACH: [113, 'host is unreachable'],
  EAI_AGAIN: [3001, 'temporary failure'],
  ENOTFOUND: [3008, 'unknown node or service'],
} as const satisfies Readonly<Record<string, readonly [number: number, words: string]>>;

export type FaultCode = keyof typeof systemFaults;

/* Makes writes to segment files fail, to see what a run does when its store does.
 *
 *   cc -shared -fPIC -O2 -Wall -Wextra -o faults.so faults.c -ldl
 *   LD_PRELOAD=./faults.so MILLRACE_FAULT=ENOSPC:37 MILLRACE_FAULT_TOLD=told millrace run ...
 *
 * The 37th call of write, writev, pwrite, pwritev, fsync or fdatasync on a file
 * `.../results/NNNNNN.segment`, and each one after it, fails with the error named (ENOSPC or EIO).
 * When the first call that fails is a write, half of its bytes are written before, as on a disk
 * that becomes full. The file named by MILLRACE_FAULT_TOLD is made when the first call fails.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls_left;
static int fault;

__attribute__((constructor)) static void read_settings(void) {
  const char *text = getenv("MILLRACE_FAULT");
  if (!text) return;
  if (strncmp(text, "ENOSPC:", 7) == 0) fault = ENOSPC, text += 7;
  else if (strncmp(text, "EIO:", 4) == 0) fault = EIO, text += 4;
  char *end = NULL;
  long count = strtol(text, &end, 10);
  if (!fault || *text == 0 || *end != 0 || count < 1) {
    fprintf(stderr, "faults.so: MILLRACE_FAULT is ENOSPC:N or EIO:N, N from 1\n");
    _exit(64);
  }
  atomic_init(&calls_left, count);
}

static int is_segment(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 8) return 0;
  path[length] = 0;
  return strcmp(path + length - 8, ".segment") == 0 && strstr(path, "/results/") != NULL;
}

static void tell(void) {
  const char *path = getenv("MILLRACE_FAULT_TOLD");
  if (!path) return;
  int descriptor = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  if (descriptor >= 0) close(descriptor);
}

enum verdict { PASS, FIRST, FAIL };

/* FIRST for the call that the countdown ends with, FAIL for those after it. */
static enum verdict judge(int descriptor) {
  if (!fault) return PASS;
  int error = errno;
  int counts = is_segment(descriptor);
  errno = error;
  if (!counts) return PASS;
  long left = atomic_fetch_sub(&calls_left, 1);
  if (left > 1) return PASS;
  if (left == 1) tell();
  errno = fault;
  return left == 1 ? FIRST : FAIL;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int descriptor, const void *bytes, size_t count) {
  static __typeof__(&write) real;
  if (!real) real = REAL(write);
  switch (judge(descriptor)) {
  case PASS: return real(descriptor, bytes, count);
  case FIRST: return count > 1 ? real(descriptor, bytes, count / 2) : -1;
  default: return -1;
  }
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  static __typeof__(&pwrite) real;
  if (!real) real = REAL(pwrite);
  switch (judge(descriptor)) {
  case PASS: return real(descriptor, bytes, count, offset);
  case FIRST: return count > 1 ? real(descriptor, bytes, count / 2, offset) : -1;
  default: return -1;
  }
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  return pwrite(descriptor, bytes, count, offset);
}

/* The first failing call of several pieces writes the first half of them, at least one. */
ssize_t writev(int descriptor, const struct iovec *pieces, int count) {
  static __typeof__(&writev) real;
  if (!real) real = REAL(writev);
  switch (judge(descriptor)) {
  case PASS: return real(descriptor, pieces, count);
  case FIRST: return count > 1 ? real(descriptor, pieces, count / 2) : -1;
  default: return -1;
  }
}

ssize_t pwritev(int descriptor, const struct iovec *pieces, int count, off_t offset) {
  static __typeof__(&pwritev) real;
  if (!real) real = REAL(pwritev);
  switch (judge(descriptor)) {
  case PASS: return real(descriptor, pieces, count, offset);
  case FIRST: return count > 1 ? real(descriptor, pieces, count / 2, offset) : -1;
  default: return -1;
  }
}

ssize_t pwritev64(int descriptor, const struct iovec *pieces, int count, off64_t offset) {
  return pwritev(descriptor, pieces, count, offset);
}

int fsync(int descriptor) {
  static __typeof__(&fsync) real;
  if (!real) real = REAL(fsync);
  return judge(descriptor) == PASS ? real(descriptor) : -1;
}

int fdatasync(int descriptor) {
  static __typeof__(&fdatasync) real;
  if (!real) real = REAL(fdatasync);
  return judge(descriptor) == PASS ? real(descriptor) : -1;
}

#ifdef __linux__
#define _GNU_SOURCE
#endif

#include "CProcessors.h"

#ifdef __linux__

#include <sched.h>
#include <string.h>
#include <unistd.h>

_Static_assert(sizeof(cpu_set_t) == PROCESSORS_MASK_SIZE, "a mask is as large as the C library's");

int processors_thread(void) { return gettid(); }

int processors_current(void) { return sched_getcpu(); }

int processors_get_mask(int thread, unsigned char *mask) {
  cpu_set_t set;
  if (sched_getaffinity(thread, sizeof set, &set) != 0) return -1;
  memcpy(mask, &set, sizeof set);
  return 0;
}

int processors_set_mask(int thread, const unsigned char *mask) {
  cpu_set_t set;
  memcpy(&set, mask, sizeof set);
  return sched_setaffinity(thread, sizeof set, &set);
}

#else

int processors_thread(void) { return -1; }

int processors_current(void) { return -1; }

int processors_get_mask(int thread, unsigned char *mask) { return -1; }

int processors_set_mask(int thread, const unsigned char *mask) { return -1; }

#endif

// What Swift's Glibc module leaves out of sched.h: which processors threads may run on.
//
// A mask has one bit for each processor, the first in the lowest bit of the first byte. Where the system
// has no such thing the calls return -1.

#ifndef MILLRACE_PROCESSORS_H
#define MILLRACE_PROCESSORS_H

// Bytes of a mask.
#define PROCESSORS_MASK_SIZE 128

// The calling thread's number.
int processors_thread(void);

// The processor that the calling thread runs on.
int processors_current(void);

// Reads which processors a thread may run on; 0 if it could.
int processors_get_mask(int thread, unsigned char *mask);

// Says which processors a thread may run on; 0 if it could.
int processors_set_mask(int thread, const unsigned char *mask);

#endif

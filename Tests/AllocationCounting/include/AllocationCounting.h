/// How often the calling thread has asked for memory: this target stands in for the C library's
/// malloc and its kin in the test program, counts, and passes on.
#ifndef ALLOCATION_COUNTING_H
#define ALLOCATION_COUNTING_H
#include <stdint.h>

uint64_t allocations_of_this_thread(void);

#endif

/// The inner loops of training and inference in C, where the compiler vectorises them in debug
/// builds too. Each has a readable reference in Swift and a test that the two agree.
///
/// Compiled for x86-64 at its baseline, v3 (AVX2, FMA) and v4 (AVX-512); the loader chooses. On
/// arm64 NEON is the baseline. `make processors` compares them. Nothing here asks for memory or checks
/// its arguments; rows are row-major and without gaps unless a stride is given.
#ifndef EAU_KERNELS_H
#define EAU_KERNELS_H
#include "ArrayKernels.h"
#include "GaussianKernels.h"
#include "Products.h"
#include "WorkerTeam.h"
#endif

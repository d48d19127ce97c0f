#include "Kernels.h"
#include <math.h>

#define REAL float
#define NAME(base) base##_f32
#define SQUARE_ROOT sqrtf
#include "Kernels.inc.h"
#undef REAL
#undef NAME
#undef SQUARE_ROOT

#define REAL double
#define NAME(base) base##_f64
#define SQUARE_ROOT sqrt
#include "Kernels.inc.h"

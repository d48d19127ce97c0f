/// Loops over whole arrays in C, where the compiler vectorises them in debug builds too.
/// Each has a readable reference beside its Swift wrapper and a test that the two agree.
#ifndef EAU_KERNELS_H
#define EAU_KERNELS_H
#include <stddef.h>
#include <stdint.h>

#define EAU_KERNELS(REAL, SUFFIX)                                                         \
  /* y += a x */                                                                          \
  void eau_axpy_##SUFFIX(size_t n, REAL a, const REAL *x, REAL *y);                       \
  /* y += a ⊙ b */                                                                        \
  void eau_multiply_add_##SUFFIX(size_t n, const REAL *a, const REAL *b, REAL *y);        \
  /* sum of x² in double */                                                               \
  double eau_sum_of_squares_##SUFFIX(size_t n, const REAL *x);                            \
  /* one AdamW step; scale multiplies the gradient first (norm clipping) */               \
  void eau_adamw_##SUFFIX(size_t n, REAL *parameter, const REAL *gradient, REAL *first,   \
                          REAL *second, REAL scale, REAL rate, REAL decay, REAL beta1,    \
                          REAL beta2, REAL epsilon, REAL correction1, REAL correction2);  \
  /* out[rows, columns] += sparse[rows, inputs] · weights[inputs, columns] */             \
  void eau_sparse_multiply_##SUFFIX(size_t rows, size_t columns, const int32_t *offsets,  \
                                    const int32_t *indices, const REAL *values,           \
                                    const REAL *weights, REAL *out);                      \
  /* gradient[inputs, columns] += sparseᵀ · out_gradient */                               \
  void eau_sparse_transpose_multiply_##SUFFIX(                                            \
      size_t rows, size_t columns, const int32_t *offsets, const int32_t *indices,        \
      const REAL *values, const REAL *out_gradient, REAL *gradient);

EAU_KERNELS(float, f32)
EAU_KERNELS(double, f64)

#endif

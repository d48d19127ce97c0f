/// Loops that know of arrays and matrices only.
#ifndef EAU_ARRAY_KERNELS_H
#define EAU_ARRAY_KERNELS_H
#include <stddef.h>
#include <stdint.h>

#define EAU_ARRAY_KERNELS(REAL, SUFFIX)                                                          \
  /* y += a x */                                                                                 \
  void eau_axpy_##SUFFIX(size_t n, REAL a, const REAL *x, REAL *y);                              \
  /* y += a ⊙ b */                                                                               \
  void eau_multiply_add_##SUFFIX(size_t n, const REAL *a, const REAL *b, REAL *y);               \
  /* sum of x² in double */                                                                      \
  double eau_sum_of_squares_##SUFFIX(size_t n, const REAL *x);                                   \
  /* one AdamW step; scale multiplies the gradient first (norm clipping) */                      \
  void eau_adamw_##SUFFIX(size_t n, REAL *parameter, const REAL *gradient, REAL *first,          \
                          REAL *second, REAL scale, REAL rate, REAL decay, REAL beta1,           \
                          REAL beta2, REAL epsilon, REAL correction1, REAL correction2);         \
  /* sums[columns] += Σ over rows of x[rows, columns], whose rows are `stride` apart */          \
  void eau_column_sums_##SUFFIX(size_t rows, size_t columns, size_t stride, const REAL *x,       \
                                REAL *sums);                                                     \
  /* out[rows, columns] += sparse[rows, inputs] · weights[inputs, columns] */                    \
  void eau_sparse_multiply_##SUFFIX(size_t rows, size_t columns, const int32_t *offsets,         \
                                    const int32_t *indices, const REAL *values,                  \
                                    const REAL *weights, REAL *out);

EAU_ARRAY_KERNELS(float, f32)
EAU_ARRAY_KERNELS(double, f64)

/* Of hidden units. `mask` (NULL for none) multiplies the result: dropout. */

/// x = max(x, 0) ⊙ mask
void eau_relu_f32(size_t n, const float *mask, float *x);
/// gradient ⊙= mask where y > 0, else 0; y = relu(x) ⊙ mask
void eau_relu_adjoint_f32(size_t n, const float *mask, const float *y, float *gradient);
/// x = tanh(x) ⊙ mask
void eau_tanh_f32(size_t n, const float *mask, float *x);
/// gradient ⊙= mask (1 − tanh²x), from y = tanh(x) ⊙ mask
void eau_tanh_adjoint_f32(size_t n, const float *mask, const float *y, float *gradient);

/// out = x / |x|, lengths = max(|x|, 1e-12), row by row.
void eau_normalise_rows_f32(size_t rows, size_t columns, const float *x, float *out,
                            float *lengths);
/// gradient += (g − y (y·g)) / |x|, row by row, for y = x/|x| with upstream gradient g.
void eau_normalise_rows_adjoint_f32(size_t rows, size_t columns, const float *y,
                                    const float *lengths, const float *upstream, float *gradient);

/// Of n points in the unit circle, squared radius r: x and y times √(−2 ln r / r), pair after pair
/// in out[2n]: standard normal numbers, if the points are uniform (Marsaglia's polar method).
void eau_polar_normals_f32(size_t n, const double *x, const double *y, const double *r,
                           float *out);

#endif

/// Loops over the elements of a batch of diagonal Gaussians: mu and sigma [B, D] a modality.
///
/// All work on the rows first..<first + rows of matrices of `columns` columns; `presence` is a
/// column of 0 and 1 (NULL: every row is there), or one such column a modality. A loss of each row
/// goes to losses[row]; an adjoint ADDS scale · d(Σ losses)/d(…) to the gradients. Formulas and
/// sources stand with the losses and rules of Fusion, the readable form in its ReferenceGaussians.
#ifndef EAU_GAUSSIAN_KERNELS_H
#define EAU_GAUSSIAN_KERNELS_H
#include <stddef.h>
#include <stdint.h>

/// sigma = exp(½ clamp(logvar, low, high))
void eau_deviation_f32(size_t n, const float *logvar, float low, float high, float *sigma);
/// gradient += ½ sigma upstream, but nothing beyond the bounds; with `inward`, there too where
/// descent leads back inside.
void eau_deviation_adjoint_f32(size_t n, const float *logvar, const float *sigma, float low,
                               float high, int32_t inward, const float *upstream,
                               float *gradient);

/// z = mu + sigma ⊙ noise
void eau_sample_f32(size_t n, const float *mu, const float *sigma, const float *noise, float *z);

/// KL(N(mu, sigma²) ‖ N(0, I)) of each row.
void eau_prior_f32(size_t first, size_t rows, size_t columns, const float *mu, const float *sigma,
                   const float *presence, double *losses);
void eau_prior_adjoint_f32(size_t first, size_t rows, size_t columns, const float *mu,
                           const float *sigma, const float *presence, float scale,
                           float *mu_gradient, float *sigma_gradient);

/// Σ_{a≠b} KL(p^a ‖ p^b) of each row, in O(modalities).
void eau_pairs_f32(size_t first, size_t rows, size_t columns, size_t modalities,
                   const float *const *mu, const float *const *sigma,
                   const float *const *presence, double *losses);
void eau_pairs_adjoint_f32(size_t first, size_t rows, size_t columns, size_t modalities,
                           const float *const *mu, const float *const *sigma,
                           const float *const *presence, float scale, float *const *mu_gradients,
                           float *const *sigma_gradients);

/// Σ over columns of ½ (mu − target)²/sigma² + ln sigma of each row.
void eau_calibration_f32(size_t first, size_t rows, size_t columns, const float *mu,
                         const float *sigma, const float *target, const float *presence,
                         double *losses);
/// mu_gradient may be NULL.
void eau_calibration_adjoint_f32(size_t first, size_t rows, size_t columns, const float *mu,
                                 const float *sigma, const float *target, const float *presence,
                                 float scale, float *mu_gradient, float *sigma_gradient);

/// How a sigma scores in the softmax over modalities.
enum { EAU_SCORE_INVERSE, EAU_SCORE_PRECISION, EAU_SCORE_UNIFORM, EAU_SCORE_VARIANCE_SWAP };

/// alpha = softmax over modalities of the score of sigma, element by element;
/// fused = Σ alpha ⊙ mu. Missing modalities get alpha 0.
void eau_fuse_f32(size_t first, size_t rows, size_t columns, size_t modalities, int32_t score,
                  float sharpness, const float *const *mu, const float *const *sigma,
                  const float *const *presence, float *const *alpha, float *fused);
/// An entry of the tables of gradients may be NULL.
void eau_fuse_adjoint_f32(size_t first, size_t rows, size_t columns, size_t modalities,
                          int32_t score, float sharpness, const float *const *mu,
                          const float *const *sigma, const float *const *presence,
                          const float *const *alpha, const float *upstream,
                          float *const *mu_gradients, float *const *sigma_gradients);

/// Rows of similarities S [batch, batch] become shares of e^S in the row's counted sum, less 1 on
/// the diagonal; losses[row] = −ln of the diagonal's share. The logarithms say how often the
/// diagonal and the others are counted.
void eau_contrast_f32(size_t first, size_t rows, size_t batch, float log_positives,
                      float log_negatives, const float *presence, float *similarities,
                      double *losses);

#endif

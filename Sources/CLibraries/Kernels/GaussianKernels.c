#include "GaussianKernels.h"
#include <VectorMath.h>

INLINE size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

INLINE int here(const float *presence, size_t row) { return !presence || presence[row] != 0; }

INLINE int modality_here(const float *const *presence, size_t m, size_t row) {
  return !presence || presence[m][row] != 0;
}

FOR_EACH_PROCESSOR
void eau_deviation_f32(size_t n, const float *restrict logvar, float low, float high,
                       float *restrict sigma) {
  for (size_t i = 0; i < n; i++) {
    const float above = logvar[i] < low ? low : logvar[i];
    sigma[i] = exponential(0.5f * (above > high ? high : above));
  }
}

FOR_EACH_PROCESSOR
void eau_deviation_adjoint_f32(size_t n, const float *restrict logvar, const float *restrict sigma,
                               float low, float high, int32_t inward,
                               const float *restrict upstream, float *restrict gradient) {
  if (inward) {
    // Descent goes against the slope.
    for (size_t i = 0; i < n; i++) {
      const float slope = 0.5f * sigma[i] * upstream[i];
      const int flows = ((logvar[i] > low) | (slope < 0)) & ((logvar[i] < high) | (slope > 0));
      gradient[i] += flows ? slope : 0;
    }
  } else {
    for (size_t i = 0; i < n; i++) {
      const float slope = 0.5f * sigma[i] * upstream[i];
      const int flows = (logvar[i] > low) & (logvar[i] < high);
      gradient[i] += flows ? slope : 0;
    }
  }
}

FOR_EACH_PROCESSOR
void eau_sample_f32(size_t n, const float *restrict mu, const float *restrict sigma,
                    const float *restrict noise, float *restrict z) {
  for (size_t i = 0; i < n; i++) z[i] = mu[i] + sigma[i] * noise[i];
}

/// ½ (r − ln(1 + r) + mu²) with 1 + r = sigma².
INLINE float prior_element(float mu, float sigma) {
  const float r = (sigma - 1) * (sigma + 1);
  const float near = logarithm_excess(r);
  const float far = r - 2 * logarithm(sigma);
  return 0.5f * ((fabsf(r) < 0.5f ? near : far) + mu * mu);
}

FOR_EACH_PROCESSOR
void eau_prior_f32(size_t first, size_t rows, size_t columns, const float *restrict mu,
                   const float *restrict sigma, const float *restrict presence,
                   double *restrict losses) {
  SUMS_IN_ANY_ORDER
  for (size_t row = first; row < first + rows; row++) {
    float sum = 0;
    if (here(presence, row))
      for (size_t i = row * columns; i < (row + 1) * columns; i++)
        sum += prior_element(mu[i], sigma[i]);
    losses[row] = sum;
  }
}

FOR_EACH_PROCESSOR
void eau_prior_adjoint_f32(size_t first, size_t rows, size_t columns, const float *restrict mu,
                           const float *restrict sigma, const float *restrict presence,
                           float scale, float *restrict mu_gradient,
                           float *restrict sigma_gradient) {
  for (size_t row = first; row < first + rows; row++) {
    if (!here(presence, row)) continue;
    for (size_t i = row * columns; i < (row + 1) * columns; i++) {
      mu_gradient[i] += scale * mu[i];
      sigma_gradient[i] += scale * (sigma[i] - 1) * (sigma[i] + 1) / sigma[i];
    }
  }
}

/// The sums over modalities that make the pair loss O(M), a column each: see PairMoments in Swift.
struct moments {
  float mu[TILE], sigma[TILE];
  float mean[TILE], square[TILE], variance[TILE];
  float precision[TILE], precision_mean[TILE], precision_variance[TILE];
};

/// mu and sigma² less those of the modality with the smallest sigma.
struct centred {
  float mu, variance;
};

INLINE struct centred centre(const struct moments *sums, size_t j, float mu, float sigma) {
  return (struct centred){mu - sums->mu[j],
                          (sigma - sums->sigma[j]) * (sigma + sums->sigma[j])};
}

/// E_b = Σ_a ((v_a − v_b) + (m_a − m_b)²), in an order that keeps its digits.
INLINE float excess(const struct moments *sums, size_t j, float present, struct centred own) {
  return (sums->variance[j] - present * own.variance) +
         ((sums->square[j] - 2 * own.mu * sums->mean[j]) + present * own.mu * own.mu);
}

/// The modality with the smallest sigma of each column.
INLINE void find_leaders(size_t row, size_t at, size_t count, size_t modalities,
                         const float *const *mu, const float *const *sigma,
                         const float *const *presence, float *restrict leader_mu,
                         float *restrict leader_sigma) {
  for (size_t j = 0; j < count; j++) {
    leader_sigma[j] = INFINITY;
    leader_mu[j] = 0;
  }
  for (size_t m = 0; m < modalities; m++) {
    if (!modality_here(presence, m, row)) continue;
    const float *restrict own_mu = mu[m] + at, *restrict own_sigma = sigma[m] + at;
    for (size_t j = 0; j < count; j++) {
      const float new_mu = own_mu[j], new_sigma = own_sigma[j];
      const float old_mu = leader_mu[j], old_sigma = leader_sigma[j];
      leader_mu[j] = new_sigma < old_sigma ? new_mu : old_mu;
      leader_sigma[j] = new_sigma < old_sigma ? new_sigma : old_sigma;
    }
  }
}

INLINE float sum_moments(struct moments *restrict sums, size_t row, size_t at, size_t count,
                         size_t modalities, const float *const *mu, const float *const *sigma,
                         const float *const *presence) {
  find_leaders(row, at, count, modalities, mu, sigma, presence, sums->mu, sums->sigma);
  for (size_t j = 0; j < count; j++)
    sums->mean[j] = sums->square[j] = sums->variance[j] = sums->precision[j] =
        sums->precision_mean[j] = sums->precision_variance[j] = 0;
  float present = 0;
  for (size_t m = 0; m < modalities; m++) {
    if (!modality_here(presence, m, row)) continue;
    present++;
    const float *restrict own_mu = mu[m] + at, *restrict own_sigma = sigma[m] + at;
    for (size_t j = 0; j < count; j++) {
      const struct centred own = centre(sums, j, own_mu[j], own_sigma[j]);
      const float precision = 1 / (own_sigma[j] * own_sigma[j]);
      sums->mean[j] += own.mu;
      sums->square[j] += own.mu * own.mu;
      sums->variance[j] += own.variance;
      sums->precision[j] += precision;
      sums->precision_mean[j] += own.mu * precision;
      sums->precision_variance[j] += own.variance * precision;
    }
  }
  return present;
}

FOR_EACH_PROCESSOR
void eau_pairs_f32(size_t first, size_t rows, size_t columns, size_t modalities,
                   const float *const *mu, const float *const *sigma,
                   const float *const *presence, double *restrict losses) {
  SUMS_IN_ANY_ORDER
  struct moments sums;
  for (size_t row = first; row < first + rows; row++) {
    float total = 0;
    for (size_t start = 0; start < columns; start += TILE) {
      const size_t at = row * columns + start, count = smaller(TILE, columns - start);
      const float present = sum_moments(&sums, row, at, count, modalities, mu, sigma, presence);
      for (size_t m = 0; m < modalities; m++) {
        if (!modality_here(presence, m, row)) continue;
        const float *restrict own_mu = mu[m] + at, *restrict own_sigma = sigma[m] + at;
        for (size_t j = 0; j < count; j++) {
          const struct centred own = centre(&sums, j, own_mu[j], own_sigma[j]);
          total += 0.5f * excess(&sums, j, present, own) / (own_sigma[j] * own_sigma[j]);
        }
      }
    }
    losses[row] = total;
  }
}

FOR_EACH_PROCESSOR
void eau_pairs_adjoint_f32(size_t first, size_t rows, size_t columns, size_t modalities,
                           const float *const *mu, const float *const *sigma,
                           const float *const *presence, float scale, float *const *mu_gradients,
                           float *const *sigma_gradients) {
  struct moments sums;
  for (size_t row = first; row < first + rows; row++)
    for (size_t start = 0; start < columns; start += TILE) {
      const size_t at = row * columns + start, count = smaller(TILE, columns - start);
      const float present = sum_moments(&sums, row, at, count, modalities, mu, sigma, presence);
      for (size_t m = 0; m < modalities; m++) {
        if (!modality_here(presence, m, row)) continue;
        const float *restrict own_mu = mu[m] + at, *restrict own_sigma = sigma[m] + at;
        float *restrict to_mu = mu_gradients[m] + at, *restrict to_sigma = sigma_gradients[m] + at;
        for (size_t j = 0; j < count; j++) {
          const struct centred own = centre(&sums, j, own_mu[j], own_sigma[j]);
          const float inverse = 1 / own_sigma[j];
          const float precision = inverse * inverse;
          to_mu[j] += scale * (precision * (present * own.mu - sums.mean[j]) +
                               (sums.precision[j] * own.mu - sums.precision_mean[j]));
          to_sigma[j] += scale * inverse *
                         ((sums.precision[j] * own.variance - sums.precision_variance[j]) -
                          precision * excess(&sums, j, present, own));
        }
      }
    }
}

FOR_EACH_PROCESSOR
void eau_calibration_f32(size_t first, size_t rows, size_t columns, const float *restrict mu,
                         const float *restrict sigma, const float *restrict target,
                         const float *restrict presence, double *restrict losses) {
  SUMS_IN_ANY_ORDER
  for (size_t row = first; row < first + rows; row++) {
    float sum = 0;
    if (here(presence, row))
      for (size_t i = row * columns; i < (row + 1) * columns; i++) {
        const float residual = (mu[i] - target[i]) / sigma[i];
        sum += 0.5f * residual * residual + logarithm(sigma[i]);
      }
    losses[row] = sum;
  }
}

FOR_EACH_PROCESSOR
void eau_calibration_adjoint_f32(size_t first, size_t rows, size_t columns,
                                 const float *restrict mu, const float *restrict sigma,
                                 const float *restrict target, const float *restrict presence,
                                 float scale, float *restrict mu_gradient,
                                 float *restrict sigma_gradient) {
  for (size_t row = first; row < first + rows; row++) {
    if (!here(presence, row)) continue;
    const size_t from = row * columns, to = from + columns;
    for (size_t i = from; i < to; i++) {
      const float inverse = 1 / sigma[i];
      const float residual = (mu[i] - target[i]) * inverse;
      sigma_gradient[i] += scale * (1 - residual * residual) * inverse;
    }
    if (!mu_gradient) continue;
    for (size_t i = from; i < to; i++) {
      const float inverse = 1 / sigma[i];
      mu_gradient[i] += scale * ((mu[i] - target[i]) * inverse) * inverse;
    }
  }
}

/// score(sigma) − score(leader), at most 0; `inverse` is 1/leader.
INLINE float distance(int32_t score, float sharpness, float sigma, float leader, float inverse) {
  switch (score) {
    // 1/s − 1/l = (l − s)/(s l) in two steps, since s l underflows before either does.
    case EAU_SCORE_INVERSE: return sharpness * ((leader - sigma) / sigma * inverse);
    case EAU_SCORE_PRECISION: return 2 * logarithm(leader / sigma);
    case EAU_SCORE_VARIANCE_SWAP: return (leader - sigma) * (leader + sigma);
    default: return 0;
  }
}

INLINE float slope(int32_t score, float sharpness, float sigma) {
  switch (score) {
    case EAU_SCORE_INVERSE: return -sharpness / sigma / sigma;
    case EAU_SCORE_PRECISION: return -2 / sigma;
    case EAU_SCORE_VARIANCE_SWAP: return -2 * sigma;
    default: return 0;
  }
}

INLINE void fuse(int32_t score, size_t first, size_t rows, size_t columns, size_t modalities,
                 float sharpness, const float *const *mu, const float *const *sigma,
                 const float *const *presence, float *const *alpha, float *restrict fused) {
  float leader_mu[TILE], leader_sigma[TILE], inverse[TILE], total[TILE], sum[TILE];
  for (size_t row = first; row < first + rows; row++)
    for (size_t start = 0; start < columns; start += TILE) {
      const size_t at = row * columns + start, count = smaller(TILE, columns - start);
      find_leaders(row, at, count, modalities, mu, sigma, presence, leader_mu, leader_sigma);
      for (size_t j = 0; j < count; j++) {
        inverse[j] = 1 / leader_sigma[j];
        total[j] = sum[j] = 0;
      }
      for (size_t m = 0; m < modalities; m++) {
        float *restrict share = alpha[m] + at;
        if (!modality_here(presence, m, row)) {
          for (size_t j = 0; j < count; j++) share[j] = 0;
          continue;
        }
        const float *restrict own = sigma[m] + at;
        for (size_t j = 0; j < count; j++) {
          share[j] =
              exponential(distance(score, sharpness, own[j], leader_sigma[j], inverse[j]));
          total[j] += share[j];
        }
      }
      for (size_t j = 0; j < count; j++) inverse[j] = 1 / total[j];
      for (size_t m = 0; m < modalities; m++) {
        if (!modality_here(presence, m, row)) continue;
        float *restrict share = alpha[m] + at;
        const float *restrict own = mu[m] + at;
        for (size_t j = 0; j < count; j++) {
          share[j] *= inverse[j];
          sum[j] += share[j] * own[j];
        }
      }
      for (size_t j = 0; j < count; j++) fused[at + j] = sum[j];
    }
}

FOR_EACH_PROCESSOR
void eau_fuse_f32(size_t first, size_t rows, size_t columns, size_t modalities, int32_t score,
                  float sharpness, const float *const *mu, const float *const *sigma,
                  const float *const *presence, float *const *alpha, float *fused) {
  // One copy a score: inside the loop there is no choice left.
  switch (score) {
    case EAU_SCORE_INVERSE:
      return fuse(EAU_SCORE_INVERSE, first, rows, columns, modalities, sharpness, mu, sigma,
                  presence, alpha, fused);
    case EAU_SCORE_PRECISION:
      return fuse(EAU_SCORE_PRECISION, first, rows, columns, modalities, sharpness, mu, sigma,
                  presence, alpha, fused);
    case EAU_SCORE_VARIANCE_SWAP:
      return fuse(EAU_SCORE_VARIANCE_SWAP, first, rows, columns, modalities, sharpness, mu, sigma,
                  presence, alpha, fused);
    default:
      return fuse(EAU_SCORE_UNIFORM, first, rows, columns, modalities, sharpness, mu, sigma,
                  presence, alpha, fused);
  }
}

FOR_EACH_PROCESSOR
void eau_fuse_adjoint_f32(size_t first, size_t rows, size_t columns, size_t modalities,
                          int32_t score, float sharpness, const float *const *mu,
                          const float *const *sigma, const float *const *presence,
                          const float *const *alpha, const float *restrict upstream,
                          float *const *mu_gradients, float *const *sigma_gradients) {
  float origin[TILE], leader_sigma[TILE], mean[TILE];
  for (size_t row = first; row < first + rows; row++)
    for (size_t start = 0; start < columns; start += TILE) {
      const size_t at = row * columns + start, count = smaller(TILE, columns - start);
      find_leaders(row, at, count, modalities, mu, sigma, presence, origin, leader_sigma);
      for (size_t j = 0; j < count; j++) mean[j] = 0;
      for (size_t m = 0; m < modalities; m++) {
        if (!modality_here(presence, m, row)) continue;
        const float *restrict share = alpha[m] + at, *restrict own = mu[m] + at;
        for (size_t j = 0; j < count; j++) mean[j] += share[j] * (own[j] - origin[j]);
      }
      const float *restrict above = upstream + at;
      for (size_t m = 0; m < modalities; m++) {
        if (!modality_here(presence, m, row)) continue;
        const float *restrict share = alpha[m] + at, *restrict own = mu[m] + at;
        const float *restrict spread = sigma[m] + at;
        if (mu_gradients[m]) {
          float *restrict to_mu = mu_gradients[m] + at;
          for (size_t j = 0; j < count; j++) to_mu[j] += share[j] * above[j];
        }
        if (sigma_gradients[m]) {
          float *restrict to_sigma = sigma_gradients[m] + at;
          if (score == EAU_SCORE_INVERSE) {
            for (size_t j = 0; j < count; j++)
              to_sigma[j] += share[j] * above[j] * ((own[j] - origin[j]) - mean[j]) *
                             slope(EAU_SCORE_INVERSE, sharpness, spread[j]);
          } else {
            for (size_t j = 0; j < count; j++)
              to_sigma[j] += share[j] * above[j] * ((own[j] - origin[j]) - mean[j]) *
                             slope(score, sharpness, spread[j]);
          }
        }
      }
    }
}

/// The largest of a line's numbers and `least`.
INLINE float largest_of(size_t n, const float *restrict line, float least) {
  float lanes[16];
  for (size_t lane = 0; lane < 16; lane++) lanes[lane] = least;
  size_t j = 0;
  for (; j + 16 <= n; j += 16)
    for (size_t lane = 0; lane < 16; lane++) {
      const float x = line[j + lane];
      lanes[lane] = x > lanes[lane] ? x : lanes[lane];
    }
  for (; j < n; j++) lanes[0] = line[j] > lanes[0] ? line[j] : lanes[0];
  for (size_t lane = 1; lane < 16; lane++)
    lanes[0] = lanes[lane] > lanes[0] ? lanes[lane] : lanes[0];
  return lanes[0];
}

FOR_EACH_PROCESSOR
void eau_contrast_f32(size_t first, size_t rows, size_t batch, float log_positives,
                      float log_negatives, const float *restrict presence,
                      float *restrict similarities, double *restrict losses) {
  SUMS_IN_ANY_ORDER
  for (size_t row = first; row < first + rows; row++) {
    float *restrict line = similarities + row * batch;
    if (!here(presence, row)) {
      for (size_t j = 0; j < batch; j++) line[j] = 0;
      losses[row] = 0;
      continue;
    }
    const float positive = line[row];
    // As if the diagonal were counted like the others, so that the loops need not look for it.
    line[row] = positive + log_positives - log_negatives;
    // What is missing gets e^−∞.
    if (presence)
      for (size_t j = 0; j < batch; j++) {
        const float there = presence[j], x = line[j];
        line[j] = there != 0 ? x : -INFINITY;
      }
    const float largest = largest_of(batch, line, line[row]);
    for (size_t j = 0; j < batch; j++) line[j] = exponential(line[j] - largest);
    float total = 0;
    for (size_t j = 0; j < batch; j++) total += line[j];
    const float inverse = 1 / total;
    for (size_t j = 0; j < batch; j++) line[j] *= inverse;
    line[row] -= 1;
    losses[row] = (double)(largest + logarithm(total)) + log_negatives - positive;
  }
}

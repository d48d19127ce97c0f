/* An encoder for the EAU toolkit, in C or anything that speaks C.
 *
 * A plugin is a shared object that exports one function, `eau_plugin_entry`. The toolkit then
 *
 *   1. calls `eau_plugin_entry` once and reads the `eau_plugin` it returns,
 *   2. `create`s an encoder from a JSON configuration (and, once fitted, from its saved state),
 *   3. `decode`s raw inputs into signals, which it `release`s when it is done with them,
 *   4. `fit`s on the training signals, if the plugin learns anything, and keeps the state it writes,
 *   5. asks a created (and fitted) encoder for the `names` of its features,
 *   6. `encode`s signals into rows of that many floats,
 *   7. `corrupt`s and `preview`s signals for whoever explores them, and asks for `warnings`,
 *   8. `destroy`s every encoder it created.
 *
 * Every function returns 0, or anything else after filling in `error`. Functions that are marked
 * optional may be NULL. A signal may be encoded by any encoder of the same configuration, fitted or
 * not, and is released by the one that decoded or corrupted it. Steps 3 to 7 may be called from
 * several threads at once on one encoder; a plugin that cannot have that says so with the trait
 * "serial". The toolkit owns what it passes in; the plugin owns encoders and signals. Nothing may be
 * printed to stdout. Text is UTF-8.
 */
#ifndef EAU_PLUGIN_H
#define EAU_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when a plugin built for the old header can no longer be called. */
#define EAU_PLUGIN_ABI 1u

typedef struct eau_encoder eau_encoder; /* the plugin's own, behind a pointer */
typedef struct eau_signal eau_signal;   /* the plugin's own, behind a pointer */
typedef struct eau_plugin eau_plugin;

/* What went wrong, and one thing to try. Both end in a zero byte. */
typedef struct eau_error {
  char message[240];
  char hint[120];
} eau_error;

/* Takes bytes from the plugin, as often as it has some; `context` is what the toolkit passed. */
typedef void (*eau_write)(void *context, const void *bytes, size_t count);

enum { EAU_FILE = 1, EAU_BYTES = 2, EAU_TEXT = 3, EAU_NUMBERS = 4 };

/* A raw input. `bytes` is the path for EAU_FILE, the text for EAU_TEXT, `count` doubles for
 * EAU_NUMBERS, the content for EAU_BYTES; paths and texts end in a zero byte that is not counted. */
typedef struct eau_input {
  uint32_t kind;
  const char *name; /* for messages */
  const void *bytes;
  size_t count;
} eau_input;

/* A row to fill: `capacity` places. Dense: all `values`. Sparse (trait "sparse"): `count` values at
 * ascending `indices`. */
typedef struct eau_row {
  float *values;
  int32_t *indices;
  size_t capacity;
  size_t count;
} eau_row;

/* Something to look at; the one of these that is called last is shown. */
typedef struct eau_canvas {
  void *context;
  void (*pixels)(void *context, uint32_t width, uint32_t height, const uint8_t *rgb);
  void (*wave)(void *context, const float *samples, size_t count, double sample_rate);
  void (*numbers)(void *context, const double *values, size_t count);
  void (*tokens)(void *context, const char *const *tokens, size_t count);
  void (*caption)(void *context, const char *text);
} eau_canvas;

struct eau_plugin {
  uint32_t size; /* sizeof(eau_plugin): later versions add members at the end */
  uint32_t abi;  /* EAU_PLUGIN_ABI */
  void *context; /* the plugin's own; the toolkit does not look at it */

  /* JSON: {"identifier", "version", "modality", "summary", "accepts", "traits": ["sparse",
   * "stateless", "numeric", "serial"], "parameters": [{"name", "summary", "unit", "kind": "integer"
   * | "real" | "choice" | "flag", "minimum", "maximum", "choices", "default"}], "corruptions":
   * [{"name", "summary"}]} */
  const char *descriptor;

  /* `configuration` is a JSON object with every parameter; `state` is NULL or what `fit` wrote. */
  int (*create)(const eau_plugin *self, const char *configuration, const void *state,
                size_t state_size, eau_encoder **encoder, eau_error *error);
  void (*destroy)(const eau_plugin *self, eau_encoder *encoder);

  int (*decode)(const eau_plugin *self, eau_encoder *encoder, const eau_input *input,
                eau_signal **signal, eau_error *error);
  void (*release)(const eau_plugin *self, eau_encoder *encoder, eau_signal *signal);

  /* Optional: learns from the signals that `next` gives, one after another until NULL, each valid
   * until the next call, and writes its state. */
  int (*fit)(const eau_plugin *self, eau_encoder *encoder, eau_signal *(*next)(void *context),
             void *context, eau_write write, void *write_context, eau_error *error);

  /* Writes one name a feature, each ending in a newline. */
  int (*names)(const eau_plugin *self, eau_encoder *encoder, eau_write write, void *context,
               eau_error *error);
  int (*encode)(const eau_plugin *self, eau_encoder *encoder, eau_signal *signal, eau_row *row,
                eau_error *error);

  /* Optional: a spoiled copy. `severity` 0...10, 0 gives an equal signal; equal seeds give equal
   * results. `amount` is the size of what was done. */
  int (*corrupt)(const eau_plugin *self, eau_encoder *encoder, eau_signal *signal,
                 const char *kind, double severity, uint64_t seed, eau_signal **spoiled,
                 double *amount, eau_error *error);
  /* Optional. */
  int (*preview)(const eau_plugin *self, eau_encoder *encoder, eau_signal *signal,
                 const eau_canvas *canvas, eau_error *error);

  /* Optional: what a person should know of a signal, each ending in a newline. */
  int (*warnings)(const eau_plugin *self, eau_encoder *encoder, eau_signal *signal,
                  eau_write write, void *context, eau_error *error);
};

/* The one function a plugin exports. `abi` is the toolkit's EAU_PLUGIN_ABI. The result, and what it
 * points to, stay valid as long as the plugin is loaded; NULL refuses. */
const eau_plugin *eau_plugin_entry(uint32_t abi);

#ifdef __cplusplus
}
#endif
#endif

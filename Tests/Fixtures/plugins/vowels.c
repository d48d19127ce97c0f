/* A sound encoder in C: how often each vowel stands in a text, learned to be compared with the mean.
   With -DFAULT_… it misbehaves in one way, for the tests. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eau_plugin.h"

struct eau_encoder {
  double mean[5];
  int scale;
};

struct eau_signal {
  size_t count;
  char *text;
};

static int fail(eau_error *error, const char *message, const char *hint) {
  snprintf(error->message, sizeof error->message, "%s", message);
  snprintf(error->hint, sizeof error->hint, "%s", hint);
  return 1;
}

static void count(const eau_signal *signal, double found[5]) {
  static const char vowels[] = "aeiou";
  memset(found, 0, 5 * sizeof *found);
  for (size_t i = 0; i < signal->count; i++)
    for (int v = 0; v < 5; v++) found[v] += signal->text[i] == vowels[v];
}

#ifdef FAULT_LOAD
__attribute__((constructor)) static void load(void) { abort(); }
#endif

static int create(const eau_plugin *self, const char *configuration, const void *state,
                  size_t state_size, eau_encoder **encoder, eau_error *error) {
  (void)self;
#ifdef FAULT_CREATE
  abort();
#endif
  eau_encoder *made = calloc(1, sizeof *made);
  if (!made) return fail(error, "no memory", "close other programs");
  const char *scale = strstr(configuration, "\"scale\":");
  made->scale = scale ? atoi(scale + 8) : 1;
  if (state) {
    char text[200];
    size_t length = state_size < sizeof text - 1 ? state_size : sizeof text - 1;
    memcpy(text, state, length);
    text[length] = 0;
    double *m = made->mean;
    if (sscanf(text, "vowels %lf %lf %lf %lf %lf end", m, m + 1, m + 2, m + 3, m + 4) != 5) {
      free(made);
      return fail(error, "the state holds no five means", "train again");
    }
  }
  *encoder = made;
  return 0;
}

static void destroy(const eau_plugin *self, eau_encoder *encoder) {
  (void)self;
#ifdef FAULT_DESTROY
  abort();
#endif
  free(encoder);
}

static eau_signal *make(const char *text, size_t count) {
  eau_signal *signal = malloc(sizeof *signal);
  if (!signal) return NULL;
  signal->count = count;
  signal->text = malloc(count + 1);
  if (signal->text) memcpy(signal->text, text, count);
  return signal;
}

static int decode(const eau_plugin *self, eau_encoder *encoder, const eau_input *input,
                  eau_signal **signal, eau_error *error) {
  (void)self;
  (void)encoder;
  if (input->kind == EAU_NUMBERS) return fail(error, "expected text, found numbers", "give text");
  if (input->kind == EAU_FILE) {
    FILE *file = fopen(input->bytes, "rb");
    char text[4096];
    if (!file) return fail(error, "cannot read the file", "check its permissions");
    size_t got = fread(text, 1, sizeof text, file);
    fclose(file);
    *signal = make(text, got);
    return 0;
  }
  *signal = make(input->bytes, input->count);
  return 0;
}

static void release(const eau_plugin *self, eau_encoder *encoder, eau_signal *signal) {
  (void)self;
  (void)encoder;
  free(signal->text);
  free(signal);
}

static int fit(const eau_plugin *self, eau_encoder *encoder, eau_signal *(*next)(void *context),
               void *context, eau_write write, void *write_context, eau_error *error) {
  (void)self;
  (void)encoder;
  double sum[5] = {0}, found[5];
  size_t texts = 0;
  for (eau_signal *signal; (signal = next(context)); texts++) {
    count(signal, found);
    for (int v = 0; v < 5; v++) sum[v] += found[v];
  }
  if (!texts) return fail(error, "expected a text, found none", "give some rows the split train");
  char text[200];
  double n = (double)texts;
  int length = snprintf(text, sizeof text, "vowels %.17g %.17g %.17g %.17g %.17g end", sum[0] / n,
                        sum[1] / n, sum[2] / n, sum[3] / n, sum[4] / n);
  write(write_context, text, (size_t)length);
  return 0;
}

static int names(const eau_plugin *self, eau_encoder *encoder, eau_write write, void *context,
                 eau_error *error) {
  (void)self;
  (void)encoder;
  (void)error;
  write(context, "vowel:a\nvowel:e\nvowel:i\n", 24);
  write(context, "vowel:o\nvowel:u\n", 16);
  return 0;
}

static int encode(const eau_plugin *self, eau_encoder *encoder, eau_signal *signal, eau_row *row,
                  eau_error *error) {
  (void)self;
  if (row->capacity != 5) return fail(error, "expected 5 places", "");
  double found[5];
  count(signal, found);
#ifdef FAULT_ENCODE
  fprintf(stderr, "counting vowels went wrong\n");
  abort();
#endif
#ifdef FAULT_LOOP
  for (volatile int turns = 0;; turns++) {
  }
#endif
#ifdef FAULT_NOISE
  printf("{\"count\":5}\nnow encoding");
  fflush(stdout);
#endif
#ifdef FAULT_LEAK
  for (;;) memset(malloc(1 << 24), 1, 1 << 24);
#endif
  for (int v = 0; v < 5; v++)
    row->values[v] = (float)(encoder->scale * (log1p(found[v]) - log1p(encoder->mean[v])));
#ifdef FAULT_NAN
  row->values[3] = NAN;
#endif
  row->count = 5;
#ifdef FAULT_COUNT
  row->count = 4;
#endif
  return 0;
}

/* Drops each character with probability severity / 12. */
static int corrupt(const eau_plugin *self, eau_encoder *encoder, eau_signal *signal,
                   const char *kind, double severity, uint64_t seed, eau_signal **spoiled,
                   double *amount, eau_error *error) {
  (void)self;
  (void)encoder;
  if (strcmp(kind, "drop")) return fail(error, "no such corruption", "drop");
  eau_signal *copy = make(signal->text, signal->count);
  if (!copy) return fail(error, "no memory", "");
  size_t kept = 0;
  for (size_t i = 0; i < signal->count; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    if ((double)(seed >> 40) / (1 << 24) >= severity / 12) copy->text[kept++] = signal->text[i];
  }
  copy->count = kept;
  *spoiled = copy;
  *amount = signal->count ? 1 - (double)kept / (double)signal->count : 0;
  return 0;
}

static int preview(const eau_plugin *self, eau_encoder *encoder, eau_signal *signal,
                   const eau_canvas *canvas, eau_error *error) {
  (void)self;
  (void)encoder;
  (void)error;
  double found[5];
  count(signal, found);
  canvas->numbers(canvas->context, found, 5);
  canvas->caption(canvas->context, "how often a, e, i, o, u come");
  return 0;
}

#ifndef FAULT_OLD
static int warnings(const eau_plugin *self, eau_encoder *encoder, eau_signal *signal,
                    eau_write write, void *context, eau_error *error) {
  (void)self;
  (void)encoder;
  (void)error;
  double found[5], sum = 0;
  count(signal, found);
  for (int v = 0; v < 5; v++) sum += found[v];
  if (sum == 0) write(context, "there is no vowel in it\n", 24);
  return 0;
}
#endif

static const eau_plugin plugin = {
#ifdef FAULT_OLD
    /* Built when the header ended before `warnings`: what lies behind is something else. */
    .size = offsetof(eau_plugin, warnings),
    .warnings = (void *)1,
#else
    .size = sizeof plugin,
    .warnings = warnings,
#endif
#ifdef FAULT_ABI
    .abi = EAU_PLUGIN_ABI + 1,
#else
    .abi = EAU_PLUGIN_ABI,
#endif
#ifdef FAULT_DESCRIPTOR
    .descriptor = "{\"identifier\": 7}",
#else
    .descriptor =
        "{\"identifier\": \"vowels\", \"version\": 1, \"modality\": \"text\", \"summary\": "
        "\"how often each vowel comes\", \"accepts\": \"text\", \"parameters\": [{\"name\": "
        "\"scale\", \"summary\": \"what counts are multiplied by\", \"kind\": \"integer\", "
        "\"minimum\": 1, \"maximum\": 9, \"default\": 1}], \"corruptions\": [{\"name\": \"drop\", "
        "\"summary\": \"characters dropped, a share of severity / 12\"}]}",
#endif
    .create = create,
    .destroy = destroy,
    .decode = decode,
    .release = release,
    .fit = fit,
    .names = names,
    .encode = encode,
    .corrupt = corrupt,
    .preview = preview,
};

#ifndef FAULT_ENTRY
const eau_plugin *eau_plugin_entry(uint32_t abi) {
  return abi == EAU_PLUGIN_ABI ? &plugin : NULL;
}
#else
const eau_plugin *another_name(void) { return &plugin; }
#endif

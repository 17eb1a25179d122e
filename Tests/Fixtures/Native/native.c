// Plain C functions that tests declare in manifests, well and badly.
// SPDX-License-Identifier: Apache-2.0
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SAME(name, type) \
    type same_##name(type value) { return value; }
SAME(bool, bool)
SAME(int8, int8_t)
SAME(int16, int16_t)
SAME(int32, int32_t)
SAME(int64, int64_t)
SAME(uint8, uint8_t)
SAME(uint16, uint16_t)
SAME(uint32, uint32_t)
SAME(uint64, uint64_t)
SAME(double, double)

// One function over many kinds at once, so that each must stand in its own place.
double mixed(bool plus, int8_t a, double b, uint16_t c, int64_t d, double e, uint8_t f, int32_t g) {
    return (plus ? 1 : -1) * (a + b + c + d + e + f + g);
}

void split(double value, int32_t *whole, double *rest, bool *negative, int8_t *sign) {
    *whole = (int32_t)value;
    *rest = value - *whole;
    *negative = value < 0;
    *sign = value < 0 ? -1 : 1;
}

double not_a_number(void) { return NAN; }

// Text

static char greeting[128];

const char *greet(const char *name) {
    if (!name || !*name) return NULL;
    snprintf(greeting, sizeof greeting, "Hello, %s!", name);
    return greeting;
}

const char *latin1(void) { return "caf\xe9"; }
bool is_null(const char *text) { return text == NULL; }
char *duplicate(const char *text) { return strdup(text); }
static int released;
void release(char *text) {
    memset(text, 'x', strlen(text));
    free(text);
    released++;
}
int32_t released_count(void) { return released; }

// As snprintf does: how long the text would have been.
int32_t write_text(char *out, size_t size, const char *text) { return snprintf(out, size, "%s", text); }
void fill(char *out, size_t size) { memset(out, 'x', size); }

// Bytes

uint64_t sum(const uint8_t *bytes, uint32_t count) {
    uint64_t total = 0;
    for (uint32_t i = 0; i < count; i++) total += bytes[i];
    return total;
}

uint8_t small_length(const uint8_t *bytes, uint8_t count) { return bytes ? count : 0; }

int32_t reverse(uint8_t *out, size_t *out_size, const uint8_t *in, size_t size) {
    if (*out_size < size) return -5;
    for (size_t i = 0; i < size; i++) out[i] = in[size - 1 - i];
    *out_size = size;
    return 0;
}

int64_t claim(uint8_t *out, size_t size, int64_t length) {
    if (size > 0) out[0] = 'a';
    return length;
}

void xor16(const uint8_t *key, uint8_t *out) {
    for (int i = 0; i < 16; i++) out[i] = key[i] ^ 0xFF;
}

// A thing with a life

struct counter {
    int64_t total;
    const char *name;
};
static int open_counters;

struct counter *counter_open(int32_t start) {
    if (start < 0) return NULL;
    struct counter *counter = calloc(1, sizeof *counter);
    counter->total = start;
    open_counters++;
    return counter;
}
int32_t counter_make(struct counter **out) {
    *out = counter_open(7);
    return 0;
}
int32_t counter_add(struct counter *counter, int32_t number) {
    if (number == 13) return -13;
    counter->total += number;
    return 0;
}
void counter_name(struct counter *counter, const char *name) { counter->name = name; }
const char *counter_named(struct counter *counter) { return counter->name; }
int64_t counter_total(struct counter *counter) { return counter->total; }
int32_t counter_close(struct counter *counter) {
    open_counters--;
    free(counter);
    return 0;
}
int32_t counters_open(void) { return open_counters; }

// Bad neighbours

void wait_a_second(void) {
    struct timespec second = {1, 0};
    nanosleep(&second, NULL);
}

// Declared as if it took a number, this reads wherever that number points.
uint64_t length_of_text(const char *text) { return strlen(text); }

// Copies the vectors of batches into the vectors of DuckDB's chunks.
#ifndef VPCQ_FILL_H
#define VPCQ_FILL_H

#include <stdint.h>

// Each fills column of chunk with so many rows. validity is their bitmap, or
// NULL where none is null.

// vpcq_fill_fixed copies values of width bytes each.
void vpcq_fill_fixed(void *chunk, uint64_t column, const uint8_t *values, uint64_t width, const uint64_t *validity, uint64_t rows);

// vpcq_fill_views copies string views; what stands under a null must be zero.
// Those over 12 bytes must be completed by vpcq_fill_long, once for each buffer
// that the views point into.
void vpcq_fill_views(void *chunk, uint64_t column, const uint8_t *views, const uint64_t *validity, uint64_t rows);

// vpcq_fill_long gives the strings over 12 bytes that lie in the buffer with
// that index a copy of their bytes, owned by the vector.
void vpcq_fill_long(void *chunk, uint64_t column, const uint8_t *views, uint64_t rows, uint32_t index, const uint8_t *buffer);

#endif

// Copies the vectors of batches into the vectors of DuckDB's chunks.
#ifndef VPCQ_FILL_H
#define VPCQ_FILL_H

#include <stdint.h>

// Each fills column of chunk with so many rows. validity is their bitmap, or
// NULL where none is null.

// vpcq_fill_fixed copies values of width bytes each.
void vpcq_fill_fixed(void *chunk, uint64_t column, const uint8_t *values, uint64_t width, const uint64_t *validity, uint64_t rows);

// vpcq_fill_views copies string views, which point into text0 and text1. What
// stands under a null must be zero. The vector owns its copy of the text.
void vpcq_fill_views(void *chunk, uint64_t column, const uint8_t *views, const uint64_t *validity, uint64_t rows,
                     const uint8_t *text0, const uint8_t *text1);

#endif

// Copies the columns of Arrow batches into the vectors of DuckDB's chunks.
#ifndef VPCQ_FILL_H
#define VPCQ_FILL_H

#include <stdint.h>

// Each fills column of chunk with rows values. validity is Arrow's bitmap of
// them, or NULL where none is null.

// vpcq_fill_fixed copies values of width bytes each.
void vpcq_fill_fixed(void *chunk, uint64_t column, const void *values, uint64_t width, const void *validity, uint64_t rows);

// vpcq_fill_views copies Arrow string views. Those over 12 bytes must be
// completed by vpcq_fill_long, once for each of the views' buffers.
void vpcq_fill_views(void *chunk, uint64_t column, const void *views, const void *validity, uint64_t rows);

// vpcq_fill_long gives the strings over 12 bytes that lie in the buffer with
// that index a copy of their bytes, owned by the vector.
void vpcq_fill_long(void *chunk, uint64_t column, const void *views, const void *validity, uint64_t rows,
                    int32_t index, const char *buffer);

#endif

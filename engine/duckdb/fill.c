#include "fill.h"

#include <string.h>

// Of duckdb.h, which cgo finds for the package of the bindings only.
extern void *duckdb_data_chunk_get_vector(void *chunk, uint64_t column);
extern void *duckdb_vector_get_data(void *vector);
extern uint64_t *duckdb_vector_get_validity(void *vector);
extern void duckdb_vector_ensure_validity_writable(void *vector);
extern void duckdb_unsafe_vector_assign_string_element_len(void *vector, uint64_t row, const char *bytes, uint64_t length);

// A string view of Arrow. DuckDB's string has the same 16 bytes, but a pointer
// in place of the index and the offset.
typedef struct {
	uint32_t length;
	char prefix[4];
	uint32_t index;
	uint32_t offset;
} view;

static const uint32_t INLINE = 12; // bytes that both keep in place of a reference

static void *fill(void *chunk, uint64_t column, const uint8_t *values, uint64_t bytes, const uint64_t *validity, uint64_t rows) {
	void *vector = duckdb_data_chunk_get_vector(chunk, column);
	memcpy(duckdb_vector_get_data(vector), values, bytes);
	if (validity != NULL) { // bits from the lowest, 1 for valid, in words: as DuckDB's own
		duckdb_vector_ensure_validity_writable(vector);
		memcpy(duckdb_vector_get_validity(vector), validity, (rows + 63) / 64 * 8);
	}
	return vector;
}

void vpcq_fill_fixed(void *chunk, uint64_t column, const uint8_t *values, uint64_t width, const uint64_t *validity, uint64_t rows) {
	fill(chunk, column, values, rows * width, validity, rows);
}

void vpcq_fill_views(void *chunk, uint64_t column, const uint8_t *views, const uint64_t *validity, uint64_t rows) {
	fill(chunk, column, views, rows * sizeof(view), validity, rows);
}

void vpcq_fill_long(void *chunk, uint64_t column, const uint8_t *views, uint64_t rows, uint32_t index, const uint8_t *buffer) {
	void *vector = duckdb_data_chunk_get_vector(chunk, column);
	const view *in = (const view *)views;
	for (uint64_t row = 0; row < rows; row++) {
		if (in[row].length > INLINE && in[row].index == index) {
			duckdb_unsafe_vector_assign_string_element_len(vector, row, (const char *)buffer + in[row].offset, in[row].length);
		}
	}
}

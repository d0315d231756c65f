#include "fill.h"

#include <stdbool.h>
#include <string.h>

// Of duckdb.h, which cgo finds for the package of the bindings only.
extern void *duckdb_data_chunk_get_vector(void *chunk, uint64_t column);
extern void *duckdb_vector_get_data(void *vector);
extern uint64_t *duckdb_vector_get_validity(void *vector);
extern void duckdb_vector_ensure_validity_writable(void *vector);
extern void duckdb_unsafe_vector_assign_string_element_len(void *vector, uint64_t row, const char *bytes, uint64_t length);

// Arrow's string view. DuckDB's string has the same 16 bytes, but a pointer in
// place of the index and the offset.
typedef struct {
	int32_t length;
	char prefix[4];
	int32_t index;
	int32_t offset;
} view;

static const int32_t INLINE = 12; // bytes that both keep in place of a reference

static bool is_valid(const uint8_t *validity, uint64_t row) {
	return validity == NULL || (validity[row / 8] >> (row % 8)) & 1;
}

// Both keep validity as bits from the lowest, 1 for valid.
static void fill_validity(void *vector, const void *validity, uint64_t rows) {
	if (validity == NULL) {
		return;
	}
	duckdb_vector_ensure_validity_writable(vector);
	memcpy(duckdb_vector_get_validity(vector), validity, (rows + 7) / 8);
}

void vpcq_fill_fixed(void *chunk, uint64_t column, const void *values, uint64_t width, const void *validity, uint64_t rows) {
	void *vector = duckdb_data_chunk_get_vector(chunk, column);
	memcpy(duckdb_vector_get_data(vector), values, rows * width);
	fill_validity(vector, validity, rows);
}

void vpcq_fill_views(void *chunk, uint64_t column, const void *views, const void *validity, uint64_t rows) {
	void *vector = duckdb_data_chunk_get_vector(chunk, column);
	view *out = duckdb_vector_get_data(vector);
	memcpy(out, views, rows * sizeof(view));
	fill_validity(vector, validity, rows);
	if (validity == NULL) {
		return;
	}
	for (uint64_t row = 0; row < rows; row++) { // Arrow leaves open what stands under a null
		if (!is_valid(validity, row)) {
			memset(&out[row], 0, sizeof(view));
		}
	}
}

void vpcq_fill_long(void *chunk, uint64_t column, const void *views, const void *validity, uint64_t rows,
                    int32_t index, const char *buffer) {
	void *vector = duckdb_data_chunk_get_vector(chunk, column);
	const view *in = views;
	for (uint64_t row = 0; row < rows; row++) {
		if (in[row].length > INLINE && in[row].index == index && is_valid(validity, row)) {
			duckdb_unsafe_vector_assign_string_element_len(vector, row, buffer + in[row].offset, (uint64_t)in[row].length);
		}
	}
}

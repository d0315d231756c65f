#include "fill.h"

#include <string.h>

// Of duckdb.h, which cgo finds for the package of the bindings only.
extern void *duckdb_data_chunk_get_vector(void *chunk, uint64_t column);
extern void *duckdb_vector_get_data(void *vector);
extern uint64_t *duckdb_vector_get_validity(void *vector);
extern void duckdb_vector_ensure_validity_writable(void *vector);
extern void duckdb_unsafe_vector_assign_string_element_len(void *vector, uint64_t row, const char *bytes, uint64_t length);

// A string view of Arrow, and DuckDB's string (duckdb_string_t): the same 16
// bytes, but for where a text over 12 bytes lies.
typedef union {
	struct {
		uint32_t length;
		char prefix[4];
		uint32_t index;
		uint32_t offset;
	} view;
	struct {
		uint32_t length;
		char prefix[4];
		char *bytes;
	} string;
} text;

static const uint32_t INLINE = 12; // bytes that both keep in themselves

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

// next_long is the first row from row on whose text is not in the view itself.
static uint64_t next_long(const text *in, uint64_t row, uint64_t rows) {
	while (row < rows && in[row].view.length <= INLINE) {
		row++;
	}
	return row;
}

// reserve takes size bytes from the vector's memory. DuckDB's only call for that
// is to give a row a text; it copies what lies at source, which nobody reads.
static char *reserve(void *vector, text *out, uint64_t row, const uint8_t *source, uint64_t size) {
	duckdb_unsafe_vector_assign_string_element_len(vector, row, (const char *)source, size);
	return out[row].string.bytes;
}

// Taking memory for each text by itself would cost ten times as much.
void vpcq_fill_views(void *chunk, uint64_t column, const uint8_t *views, const uint64_t *validity, uint64_t rows,
                     const uint8_t *text0, const uint8_t *text1) {
	void *vector = fill(chunk, column, views, rows * sizeof(text), validity, rows);
	text *out = duckdb_vector_get_data(vector);
	const text *in = (const text *)views;
	const uint64_t limit = rows * sizeof(text); // of one reservation: what may be read at views
	uint64_t row = next_long(in, 0, rows);
	while (row < rows) {
		uint64_t end = row, size = 0;
		do { // rows that one reservation serves, at least one
			size += in[end].view.length;
			end = next_long(in, end + 1, rows);
		} while (end < rows && size + in[end].view.length <= limit);
		const uint8_t *source = size <= limit ? views : (in[row].view.index == 0 ? text0 : text1) + in[row].view.offset;
		char *to = reserve(vector, out, row, source, size);
		for (; row < end; row = next_long(in, row + 1, rows)) {
			uint32_t length = in[row].view.length;
			memcpy(to, (in[row].view.index == 0 ? text0 : text1) + in[row].view.offset, length);
			out[row].string.bytes = to;
			out[row].string.length = length;
			memcpy(out[row].string.prefix, in[row].view.prefix, 4);
			to += length;
		}
	}
}

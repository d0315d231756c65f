#include "fill.h"

#include <string.h>

// Of duckdb.h, which cgo finds for the package of the bindings only.
extern void *duckdb_data_chunk_get_vector(void *chunk, uint64_t column);
extern void *duckdb_vector_get_data(void *vector);
extern uint64_t *duckdb_vector_get_validity(void *vector);
extern void duckdb_vector_ensure_validity_writable(void *vector);
extern void duckdb_vector_reference_vector(void *to, void *from);
extern void *duckdb_create_vector(void *type, uint64_t capacity);
extern void duckdb_destroy_vector(void **vector);
extern void *duckdb_create_logical_type(int type);
extern void duckdb_destroy_logical_type(void **type);
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

enum { INLINE = 12 };        // bytes that both keep in themselves
enum { VECTOR_SIZE = 2048 }; // rows of a vector, at most
enum { VARCHAR = 17 };       // DUCKDB_TYPE_VARCHAR

static void fill(void *vector, const uint8_t *values, uint64_t bytes, const uint64_t *validity, uint64_t rows) {
	memcpy(duckdb_vector_get_data(vector), values, bytes);
	if (validity != NULL) { // bits from the lowest, 1 for valid, in words: as DuckDB's own
		duckdb_vector_ensure_validity_writable(vector);
		memcpy(duckdb_vector_get_validity(vector), validity, (rows + 63) / 64 * 8);
	}
}

void vpcq_fill_fixed(void *chunk, uint64_t column, const uint8_t *values, uint64_t width, const uint64_t *validity, uint64_t rows) {
	fill(duckdb_data_chunk_get_vector(chunk, column), values, rows * width, validity, rows);
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
static char *reserve(void *vector, uint64_t row, const uint8_t *source, uint64_t size) {
	duckdb_unsafe_vector_assign_string_element_len(vector, row, (const char *)source, size);
	return ((text *)duckdb_vector_get_data(vector))[row].string.bytes;
}

// copy_long gives the vector a copy of each text that is not in the view itself.
// It takes memory for many at once: one by one would cost four times as much.
static void copy_long(void *vector, const text *in, uint64_t row, uint64_t rows, const uint8_t *text0, const uint8_t *text1) {
	text *out = duckdb_vector_get_data(vector);
	const uint64_t limit = rows * sizeof(text); // of what is taken at once, as so much may be read at in
	while (row < rows) {
		uint64_t end = row, size = 0;
		do {
			size += in[end].view.length;
			end = next_long(in, end + 1, rows);
		} while (end < rows && size + in[end].view.length <= limit);
		const uint8_t *first = (in[row].view.index == 0 ? text0 : text1) + in[row].view.offset;
		char *to = reserve(vector, row, size <= limit ? (const uint8_t *)in : first, size);
		for (; row < end; row = next_long(in, row + 1, rows)) {
			out[row].string.length = in[row].view.length;
			memcpy(out[row].string.prefix, in[row].view.prefix, sizeof in[row].view.prefix);
			out[row].string.bytes = to;
			memcpy(to, (in[row].view.index == 0 ? text0 : text1) + in[row].view.offset, in[row].view.length);
			to += in[row].view.length;
		}
	}
}

// make_vector returns a vector of text of our own.
static void *make_vector(void) {
	void *type = duckdb_create_logical_type(VARCHAR);
	void *vector = duckdb_create_vector(type, VECTOR_SIZE);
	duckdb_destroy_logical_type(&type);
	return vector;
}

// Text that needs memory goes into a vector of our own, which the chunk's then
// shares. The chunk's own memory counts against the memory limit, and taking it
// throws where that is reached: an exception that C and Go cannot let through.
void vpcq_fill_views(void *chunk, uint64_t column, const uint8_t *views, const uint64_t *validity, uint64_t rows,
                     const uint8_t *text0, const uint8_t *text1) {
	void *target = duckdb_data_chunk_get_vector(chunk, column);
	const text *in = (const text *)views;
	uint64_t row = next_long(in, 0, rows);
	if (row == rows) {
		fill(target, views, rows * sizeof(text), validity, rows);
		return;
	}
	void *vector = make_vector();
	fill(vector, views, rows * sizeof(text), validity, rows);
	copy_long(vector, in, row, rows, text0, text1);
	duckdb_vector_reference_vector(target, vector);
	duckdb_destroy_vector(&vector);
}

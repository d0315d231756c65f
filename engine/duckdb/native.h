// The callbacks of natives, as function pointers for DuckDB.
#ifndef VPCQ_NATIVE_H
#define VPCQ_NATIVE_H

void *vpcq_native(void);
void *vpcq_native_bind(void);
void *vpcq_native_copy(void);

#endif

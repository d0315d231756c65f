// The callback of natives, as a function pointer for DuckDB.
#ifndef VPCQ_NATIVE_H
#define VPCQ_NATIVE_H

void *vpcq_native(void);

#endif

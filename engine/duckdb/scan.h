// The callbacks of the table function, as function pointers for DuckDB.
#ifndef VPCQ_SCAN_H
#define VPCQ_SCAN_H

void *vpcq_bind(void);
void *vpcq_init(void);
void *vpcq_local_init(void);
void *vpcq_fill(void);
void *vpcq_free(void);

#endif

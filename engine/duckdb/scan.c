#include "scan.h"

// Defined in scan.go.
extern void vpcqBind(void *);
extern void vpcqInit(void *);
extern void vpcqLocalInit(void *);
extern void vpcqFill(void *, void *);
extern void vpcqFree(void *);

void *vpcq_bind(void) { return (void *)vpcqBind; }
void *vpcq_init(void) { return (void *)vpcqInit; }
void *vpcq_local_init(void) { return (void *)vpcqLocalInit; }
void *vpcq_fill(void) { return (void *)vpcqFill; }
void *vpcq_free(void) { return (void *)vpcqFree; }

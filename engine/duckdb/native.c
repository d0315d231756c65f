#include "native.h"

// Defined in native.go and native_job.go.
extern void vpcqNative(void *, void *, void *);
extern void vpcqNativeBind(void *);
extern void *vpcqNativeCopy(void *);

void *vpcq_native(void) { return (void *)vpcqNative; }
void *vpcq_native_bind(void) { return (void *)vpcqNativeBind; }
void *vpcq_native_copy(void) { return (void *)vpcqNativeCopy; }

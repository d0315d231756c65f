#include "native.h"

// Defined in native.go.
extern void vpcqNative(void *, void *, void *);

void *vpcq_native(void) { return (void *)vpcqNative; }

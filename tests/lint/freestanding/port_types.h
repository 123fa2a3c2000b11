/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The port_types.h of a host without libc: what check-freestanding compiles the
 * core against. Everything is written out, so that the core cannot lean on a
 * system header by accident.
 */
#ifndef PORT_TYPES_H
#define PORT_TYPES_H

typedef __UINT8_TYPE__ uint8_t;
typedef __UINT16_TYPE__ uint16_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __INT8_TYPE__ int8_t;
typedef __INT16_TYPE__ int16_t;
typedef __INT32_TYPE__ int32_t;
typedef __INT64_TYPE__ int64_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef __SIZE_TYPE__ size_t;
typedef _Bool bool;

#define true 1
#define false 0
#define NULL		       ((void *)0)
#define offsetof(type, member) __builtin_offsetof(type, member)
#define UINT8_MAX	       0xffu
#define UINT16_MAX	       0xffffu
#define UINT32_MAX	       0xffffffffu
#define UINT64_MAX	       0xffffffffffffffffull
#define INT32_MAX	       0x7fffffff
#define SIZE_MAX	       ((size_t)-1)

#define EPERM	   1
#define ENOENT	   2
#define ESRCH	   3
#define EAGAIN	   11
#define ENOMEM	   12
#define EACCES	   13
#define EFAULT	   14
#define EEXIST	   17
#define EINVAL	   22
#define ENOSPC	   28
#define ERANGE	   34
#define ENOSYS	   38
#define EMSGSIZE   90
#define EOPNOTSUPP 95
#define ENOBUFS	   105

void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);
size_t strlen(const char *string);
int strcmp(const char *a, const char *b);

struct port_mutex {
	unsigned int state;
};

struct port_spinlock {
	unsigned int state;
};

struct port_deferred {
	void *next;
	void (*run)(struct port_deferred *deferred);
};

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings of guests: copied once, checked in our copy. */
#include "flask/module/flask_op.h"

static bool has_nul(const char *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!bytes[i])
			return true;
	return false;
}

int flask_copy_string(hv_guest_t from, uint32_t size, char **string, size_t *len)
{
	size_t length = size;
	char *copy;
	int rc;

	if (size > FLASK_STRING_MAX)
		return -ENOBUFS;
	copy = port_alloc(length + 1); /* zeroed: the terminator is there */
	if (!copy)
		return -ENOMEM;
	rc = hv_copy_from_guest(copy, from, length);
	/* Xen: demands the NUL; Debian's client library does not send it. */
	if (length && !copy[length - 1])
		length--;
	if (!rc && has_nul(copy, length))
		rc = -EINVAL;
	if (rc) {
		port_free(copy);
		return rc;
	}
	*string = copy;
	*len = length;
	return 0;
}

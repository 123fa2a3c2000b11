/* SPDX-License-Identifier: BSD-2-Clause */
/* console_io(cmd, count, buffer): the commands. */
#ifndef HOOKS_ABI_CONSOLE_H
#define HOOKS_ABI_CONSOLE_H

#define CONSOLEIO_write 0
#define CONSOLEIO_read	1

#endif

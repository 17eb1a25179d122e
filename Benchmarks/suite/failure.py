# SPDX-License-Identifier: Apache-2.0


class Failure(Exception):
    """Something could not be measured; its text says why."""

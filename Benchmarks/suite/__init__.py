# SPDX-License-Identifier: Apache-2.0
"""Builds, runs and compares what `Benchmarks/run` measures."""

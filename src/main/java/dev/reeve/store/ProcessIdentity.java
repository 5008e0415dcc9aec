package dev.reeve.store;

import org.jspecify.annotations.Nullable;

/**
 * Which process, beyond doubt: a pid alone is given to another process in time.
 *
 * @param pid as the kernel of this machine counts it
 * @param startTicks when it started, in clock ticks since the boot (field 22 of {@code /proc/PID/stat}); null in files of older versions
 * @param bootId {@code /proc/sys/kernel/random/boot_id} when it started; null in files of older versions
 */
public record ProcessIdentity(long pid, @Nullable Long startTicks, @Nullable String bootId) {}

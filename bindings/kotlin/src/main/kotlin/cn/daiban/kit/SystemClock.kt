package cn.daiban.kit

import cn.daiban.core.Clock
import java.time.Instant

/**
 * The device's clock: what apps pass to the engine.
 *
 * ```kotlin
 * Engine.open(EngineSettings(folder.path), keyStore, UrlTransport(), SystemClock(), null)
 * ```
 */
public class SystemClock : Clock {
    override fun now(): Instant = Instant.now()
}

package cn.daiban.harness

import cn.daiban.core.Clock
import java.time.Duration
import java.time.Instant

/** A device's clock that somebody set wrong. */
class MovedClock : Clock {
    /** How far it is off. */
    @Volatile
    var off: Duration = Duration.ZERO

    /** Sets it to a moment; it runs on from there. */
    fun set(moment: String) {
        off = Duration.between(Instant.now(), Instant.parse(moment))
    }

    override fun now(): Instant = Instant.now() + off
}

package cn.daiban.harness

import java.io.File
import java.io.IOException
import java.io.RandomAccessFile

/** A disk of its own of a few megabytes, which can be filled. Mounting one takes the right to mount; without it the test fails. */
class SmallDisk(private val at: File, megabytes: Int) : AutoCloseable {
    private val filler = File(at, "filler")

    init {
        at.mkdirs()
        command("mount", "-t", "tmpfs", "-o", "size=${megabytes}m", "tmpfs", at.path)
    }

    /** Leaves no byte. */
    fun fill() {
        RandomAccessFile(filler, "rw").use { file ->
            file.seek(file.length())
            for (size in listOf(64 * 1024, 4096, 1)) {
                try {
                    while (true) file.write(ByteArray(size))
                } catch (_: IOException) {
                    // Full, as wanted.
                }
            }
        }
    }

    /** Gives back what [fill] took. */
    fun free() {
        check(filler.delete())
    }

    override fun close() {
        command("umount", at.path)
    }

    private fun command(vararg words: String) {
        val process = ProcessBuilder(*words).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        check(process.ended() == 0) { "${words.joinToString(" ")}: $said; run the tests as a user who may mount" }
    }
}

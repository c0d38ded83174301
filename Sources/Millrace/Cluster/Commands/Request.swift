import Wire

/// A request on the commands channel, rather than ZeroMQ's pattern of that name.
typealias Request = Wire.Request

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Trigonometry of degrees, exact where the result is (`sind(30)` is 0.5): after PostgreSQL's
/// `float.c`, which scales by the functions' own values at 30, 45 and 60 degrees.
enum Degrees {
  private static let perDegree = 0.0174532925199432957692
  private static let sine30 = sin(30 * perDegree)
  private static let oneMinusCosine60 = 1 - cos(60 * perDegree)
  private static let arcsineHalf = asin(0.5)
  private static let arccosineHalf = acos(0.5)
  private static let arctangentOne = atan(1.0)
  private static let tangent45 = quarterSine(45) / quarterCosine(45)
  private static let cotangent45 = quarterCosine(45) / quarterSine(45)

  static func sine(_ degrees: Double) -> Double {
    let (angle, sign) = folded(degrees, odd: true)
    return angle > 90 ? sign * quarterSine(180 - angle) : sign * quarterSine(angle)
  }

  static func cosine(_ degrees: Double) -> Double {
    let (angle, _) = folded(degrees, odd: false)
    return angle > 90 ? -quarterCosine(180 - angle) : quarterCosine(angle)
  }

  static func tangent(_ degrees: Double) -> Double {
    let (angle, sign) = quarter(degrees)
    // Adding zero makes a negative one positive.
    return sign * (quarterSine(angle) / quarterCosine(angle) / tangent45) + 0
  }

  static func cotangent(_ degrees: Double) -> Double {
    let (angle, sign) = quarter(degrees)
    return sign * (quarterCosine(angle) / quarterSine(angle) / cotangent45) + 0
  }

  static func arcsine(_ value: Double) -> Double {
    value >= 0 ? quarterArcsine(value) : -quarterArcsine(-value)
  }

  static func arccosine(_ value: Double) -> Double {
    if value < 0 { return 90 + quarterArcsine(-value) }
    return value <= 0.5
      ? 90 - asin(value) / arcsineHalf * 30 : acos(value) / arccosineHalf * 60
  }

  /// Degrees of an arctangent in radians.
  static func arctangent(_ radians: Double) -> Double { radians / arctangentOne * 45 }

  /// The angle in 0...180 with the same cosine, or with the same sine but for its sign.
  private static func folded(_ degrees: Double, odd: Bool) -> (Double, Double) {
    var angle = fmod(degrees, 360)
    var sign = 1.0
    if angle < 0 {
      angle = -angle
      if odd { sign = -sign }
    }
    if angle > 180 {
      angle = 360 - angle
      if odd { sign = -sign }
    }
    return (angle, sign)
  }

  /// The angle in 0...90 with the same tangent but for its sign.
  private static func quarter(_ degrees: Double) -> (Double, Double) {
    let (angle, sign) = folded(degrees, odd: true)
    return angle > 90 ? (180 - angle, -sign) : (angle, sign)
  }

  private static func quarterSine(_ angle: Double) -> Double {
    angle <= 30 ? smallSine(angle) : smallCosine(90 - angle)
  }

  private static func quarterCosine(_ angle: Double) -> Double {
    angle <= 60 ? smallCosine(angle) : smallSine(90 - angle)
  }

  private static func smallSine(_ angle: Double) -> Double {
    sin(angle * perDegree) / sine30 / 2
  }

  private static func smallCosine(_ angle: Double) -> Double {
    1 - (1 - cos(angle * perDegree)) / oneMinusCosine60 / 2
  }

  private static func quarterArcsine(_ value: Double) -> Double {
    value <= 0.5
      ? asin(value) / arcsineHalf * 30 : 90 - acos(value) / arccosineHalf * 60
  }
}

import Foundation

func cosine(_ x: Double) -> Double { cos(x) }

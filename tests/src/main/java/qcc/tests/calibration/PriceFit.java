package qcc.tests.calibration;

import java.util.Arrays;
import java.util.List;

/**
 * The prices, none of them negative, at which sums of work come nearest to what was counted: the least squares of the
 * weighted errors. Found by coordinate descent on the normal equations, which are few.
 */
final class PriceFit {
    private static final int SWEEPS = 200_000;
    private static final double DONE = 1e-12;

    private PriceFit() {
    }

    /**
     * What one layer says of the prices: the sum of its units at these prices is its count.
     *
     * @param weight by which its error counts
     */
    record Equation(double[] units, double count, double weight) {
    }

    /** One price for each unit; 0 where no layer has any of it. */
    static double[] of(List<Equation> equations) {
        int n = equations.get(0).units().length;
        double[] scale = new double[n];
        for (Equation equation : equations) {
            for (int i = 0; i < n; i++) {
                scale[i] = Math.max(scale[i], Math.abs(equation.units()[i]));
            }
        }
        double[][] gram = new double[n][n];
        double[] right = new double[n];
        for (Equation equation : equations) {
            for (int i = 0; i < n; i++) {
                double a = scale[i] == 0 ? 0 : equation.units()[i] / scale[i] * equation.weight();
                right[i] += a * equation.count() * equation.weight();
                for (int j = 0; j < n; j++) {
                    gram[i][j] += scale[j] == 0 ? 0 : a * equation.units()[j] / scale[j] * equation.weight();
                }
            }
        }
        double[] prices = descend(gram, right);
        for (int i = 0; i < n; i++) {
            prices[i] = scale[i] == 0 ? 0 : prices[i] / scale[i];
        }
        return prices;
    }

    private static double[] descend(double[][] gram, double[] right) {
        double[] x = new double[right.length];
        double largest = Arrays.stream(right).map(Math::abs).max().orElse(0);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double moved = 0;
            for (int i = 0; i < x.length; i++) {
                if (gram[i][i] > 0) {
                    double slope = right[i];
                    for (int j = 0; j < x.length; j++) {
                        slope -= gram[i][j] * x[j];
                    }
                    double next = Math.max(0, x[i] + slope / gram[i][i]);
                    moved = Math.max(moved, Math.abs(next - x[i]) * gram[i][i]);
                    x[i] = next;
                }
            }
            if (moved < DONE * largest) {
                break;
            }
        }
        return x;
    }
}

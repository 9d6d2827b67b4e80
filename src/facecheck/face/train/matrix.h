/* The linear algebra of training: symmetric matrices, row after row. Sums are
 * made in a written order, so that results are the same everywhere. */
#ifndef FC_FACE_TRAIN_MATRIX_H
#define FC_FACE_TRAIN_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

double fc_mat_dot(const double *a, const double *b, size_t n);
/* a = L * L', in place in the lower triangle; false if a is not positive. */
bool fc_mat_cholesky(double *a, size_t n);
/* L x = b, and L' x = b, in place. */
void fc_mat_forward(const double *l, double *b, size_t n);
void fc_mat_backward(const double *l, double *b, size_t n);
/* Eigenvalues of a symmetric matrix (of which the lower triangle is read, and
 * lost), the largest first, and its eigenvectors as rows of q. work: 2 * n.
 * False if it does not settle. */
bool fc_mat_eigen(double *a, double *q, double *values, double *work, size_t n);

#endif
